"""The log of changes by what a change is about."""

from explorer.domain.change_log import OF_THE_SITE, change_groups
from tests.shipped import shipped


def test_every_change_stands_in_one_group() -> None:
    """Nothing is left out or said twice, and the newest stays first."""
    catalogue = shipped().catalogue
    groups = change_groups(catalogue)
    listed = [change for group in groups for change in group.changes]
    places = {id(change): place for place, change in enumerate(catalogue.changes)}
    assert sorted(places[id(change)] for change in listed) == sorted(places.values())
    for group in groups:
        own = [places[id(change)] for change in group.changes]
        assert own == sorted(own)


def test_a_group_is_a_medicine_or_a_part_of_the_site() -> None:
    """A medicine's group holds its own changes; a group without any is not there."""
    catalogue = shipped().catalogue
    groups = {group.id: group for group in change_groups(catalogue)}
    assert groups["anakinra"].title == catalogue.medicine("anakinra").heading
    assert all(item.ref.split("/")[0] == "anakinra" for item in groups["anakinra"].changes)
    assert any(item.ref == "all" for item in groups[OF_THE_SITE].changes)
    bare = change_groups(catalogue.evolve(changes=()))
    assert bare == ()
