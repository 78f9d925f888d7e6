"""The questions in the formats that learning platforms read: one writer a module, one port."""
