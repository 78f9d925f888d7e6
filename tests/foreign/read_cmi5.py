"""Hold the course structure of a cmi5 package to the schema of the standard, with lxml.

``python read_cmi5.py SCHEMA PACKAGE``; what does not fit is JSON. Nothing is fetched.
"""

import json
import sys
import zipfile

from lxml import etree

quiet = etree.XMLParser(no_network=True)
schema = etree.XMLSchema(etree.parse(sys.argv[1], quiet))
held = etree.fromstring(zipfile.ZipFile(sys.argv[2]).read("cmi5.xml"), quiet)
schema.validate(held)
sys.stdout.write(json.dumps([str(one) for one in schema.error_log]))
