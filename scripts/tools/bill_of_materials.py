"""Write the bill of materials: what the guide is built with and contains, for machines to read.

The format is CycloneDX, without a timestamp or a host name: the same locks give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from scripts.guide.downloads import BILL
from scripts.root import ROOT
from scripts.tools.packages import CARRIED, PROJECT, Carried, Package, locked


def _of_package(package: Package) -> Component:
    text = package.license
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        bom_ref=package.name,
        purl=PackageURL("pypi", name=package.name, version=package.version),
        licenses=[LicenseFactory().make_from_string(text)] if text else [],
        # The package is used only by the build; no file of it is on the site.
        scope=ComponentScope.EXCLUDED,
    )


def _of_files(carried: Carried) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        name=carried.name,
        version=carried.version,
        bom_ref=carried.name,
        licenses=[LicenseFactory().make_from_string(carried.license)],
        scope=ComponentScope.REQUIRED,
        external_references=[
            ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(carried.origin))
        ],
        components=[
            Component(
                type=ComponentType.FILE,
                name=path.name,
                bom_ref=f"{carried.name}/{path.name}",
                hashes=[
                    HashType(
                        alg=HashAlgorithm.SHA_256,
                        content=hashlib.sha256(path.read_bytes()).hexdigest(),
                    )
                ],
            )
            for path in carried.paths()
        ],
    )


@cache
def bill_of_materials() -> str:
    """Return the bill of materials as CycloneDX JSON."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    root = Component(
        type=ComponentType.APPLICATION,
        name=PROJECT,
        version=project["version"],
        bom_ref=PROJECT,
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )
    packages = locked("run").values()
    components = {package.name: _of_package(package) for package in packages}
    carried = [_of_files(each) for each in CARRIED]
    bom = Bom(components=[*components.values(), *carried])
    bom.metadata.component = root
    bom.register_dependency(root, carried)
    for package in packages:
        for name in package.needed_by:
            bom.register_dependency(components.get(name, root), [components[package.name]])
    record = json.loads(JsonV1Dot6(bom).output_as_string())
    # A new timestamp and serial number for each run would make every build different.
    del record["metadata"]["timestamp"], record["serialNumber"]
    text = json.dumps(record, sort_keys=True)
    record["serialNumber"] = uuid5(NAMESPACE_URL, text).urn
    return json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_bill(folder: Path) -> None:
    """Write the bill of materials into a folder laid out like the site."""
    path = folder / BILL
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(bill_of_materials(), encoding="utf-8", newline="\n")
