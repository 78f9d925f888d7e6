"""Where live classes are kept: a port, one store in memory, and one in an SQL database."""
