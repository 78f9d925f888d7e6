"""Hold each file of a QTI 2.1 package to 1EdTech's schemas, with lxml; what does not fit is JSON.

The schemas import others by relative address, so that the folder is that of OAT's QTI SDK
(``src/qtism/data/storage/xml/schemes``), which carries them unchanged. Nothing is fetched.
"""

import json
import sys
import zipfile
from pathlib import Path

from lxml import etree

folder, *packages = map(Path, sys.argv[1:])
quiet = etree.XMLParser(no_network=True)


def schema(name: str) -> "etree.XMLSchema":
    """Read a schema of the folder."""
    return etree.XMLSchema(etree.parse(folder / name, quiet))


questions = [schema("qtiv2p1/imsqti_v2p1.xsd"), schema("qtiv2p1p1/imsqti_v2p1p1.xsd")]
manifest = [schema("imscp_v1p1.xsd")]
count, wrong = 0, []
for package in packages:
    archive = zipfile.ZipFile(package)
    for name in archive.namelist():
        if not name.endswith(".xml"):
            continue
        count += 1
        held = etree.fromstring(archive.read(name), quiet)
        for one in manifest if name == "imsmanifest.xml" else questions:
            if not one.validate(held):
                wrong.append(f"{name}: {one.error_log[0]}")
sys.stdout.write(json.dumps({"files": count, "wrong": wrong}))
