"""Questions from other systems' files, read into one plain form: one reader a module, one port.

Nothing is read from outside the bytes given, nothing is unpacked to disk, and each size is bounded
before memory is taken. A question is taken whole, or left out with its place and the reason.
"""
