"""Live classes: the service, the views of hosts and participants, keys, and presence.

An educator opens a class and gets three keys and a code; participants join with the code::

    from explorer.classes.service import ClassService

    classes = ClassService(MemoryStore())
    keys = classes.open_session(plan, title="Using anakinra", content=version, concepts=labels)

    token = classes.join(keys.code)                      # or join(code, an existing token)
    view = classes.host(keys.console)                    # HostView with view.allowed_actions
    view = classes.advance(keys.console, Action.NEXT, view.version)    # the question, to read
    view = classes.advance(keys.console, Action.SHOW, view.version)    # its options; open now

    mine = classes.participant(keys.code, token)         # ParticipantView
    classes.answer(keys.code, token, mine.position_token, ("a",))      # None is "not sure"

    view = classes.advance(keys.console, Action.CLOSE, view.version)   # view.tallies for the chart
    view = classes.advance(keys.console, Action.REVEAL, view.version)
    report = classes.report(keys.report)                 # ClassReport

A plan is a sequence of ``PlannedQuestion``: copies of the questions with phase, case and evidence,
so that a change of the content never changes a class. ``plan_of`` builds it from a lesson. Whatever
cannot be done raises a subclass of ``Refused`` whose message can be shown to the person. A request
of a host carries the ``version`` that the host saw (optimistic locking): of two hosts who act at
the same time one changes the class, the other gets ``MovedOn`` and should load the view again.
"""
