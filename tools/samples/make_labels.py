#!/usr/bin/env python3
"""Makes public/models/mobilenetv1-w4a4/labels.txt: the 1000 ImageNet-1k class names, index 0 tench ... 999 toilet tissue.

    python3 tools/samples/make_labels.py

Taken from torchvision (BSD-3-Clause), models/_meta.py, _IMAGENET_CATEGORIES, out of its wheel.
Names that differ by nothing, by case or by an unclear word are told apart (RENAMED).
"""
import ast
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

VERSION = "0.29.2"
OUT = Path(__file__).resolve().parents[2] / "public/models/mobilenetv1-w4a4/labels.txt"
RENAMED = {
    134: ("crane bird", "crane (bird)"), 517: ("crane", "crane (machine)"),
    264: ("Cardigan", "Cardigan (corgi)"), 263: ("Pembroke", "Pembroke (corgi)"),
    639: ("maillot tank suit", "maillot (tank suit)"),
}


def main():
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", tmp,
                        f"torchvision=={VERSION}"], check=True)
        source = zipfile.ZipFile(next(Path(tmp).glob("*.whl"))).read("torchvision/models/_meta.py")
    names = next(ast.literal_eval(node.value) for node in ast.parse(source).body
                 if isinstance(node, ast.Assign) and node.targets[0].id == "_IMAGENET_CATEGORIES")
    for index, (old, new) in RENAMED.items():
        assert names[index] == old, (index, names[index])
        names[index] = new
    assert len(names) == 1000 and len({n.lower() for n in names}) == 1000
    assert names[0] == "tench" and names[999] == "toilet tissue"
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(names) + "\n")
    print(f"{len(names)} names")


if __name__ == "__main__":
    main()
