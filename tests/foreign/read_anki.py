"""Reads files with Anki's own library; runs in the environment that ``make foreign`` makes."""

import json
import sys
import tempfile

from anki.collection import (  # type: ignore[import-not-found]
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)


def take(collection: Collection, path: str) -> dict[str, int]:
    """Import a file, and count what became of its notes."""
    if path.endswith(".apkg"):
        options = ImportAnkiPackageOptions(merge_notetypes=True)
        request = ImportAnkiPackageRequest(package_path=path, options=options)
        log = collection.import_anki_package(request).log
    else:
        about = collection.get_csv_metadata(path=path, delimiter=None)
        log = collection.import_csv(ImportCsvRequest(path=path, metadata=about)).log
    return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate")}


def main(first: str, later: str) -> None:
    """Import a file, give a card a schedule, import it again and then a later one."""
    collection = Collection(f"{tempfile.mkdtemp()}/collection.anki2")
    counts = [take(collection, first)]
    card = collection.get_card(collection.find_cards("")[0])
    card.ivl, card.type, card.queue, card.due = 21, 2, 2, 99
    collection.update_card(card)
    counts += [take(collection, first), take(collection, later)]
    kept = collection.get_card(card.id)
    notes = {}
    for note_id in collection.find_notes(""):
        note = collection.get_note(note_id)
        deck = collection.decks.name(note.cards()[0].did)
        notes[note.guid] = {"fields": note.fields, "tags": note.tags, "deck": deck}
    sound = collection.fix_integrity()[1]
    said = {"counts": counts, "interval": [kept.ivl, kept.due], "notes": notes, "sound": sound}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
