"""Session state and the page's address, the only place that reads or writes either.

One module for each subject (``compare``, ``visit``, ``quiz``, ``teach``) and one for what the
browser says about itself. Values are held as JSON text or plain values, so that a session can be
moved; whatever is read back is validated, and repaired where it does not fit any more.
"""
