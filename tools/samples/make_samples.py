#!/usr/bin/env python3
"""Makes public/samples: the sample photos, samples.json and CREDITS.md.

    pip install pillow==13.0.0
    python3 tools/samples/make_samples.py [--keep FOLDER]

Downloads each package (pip, or apt-get download on Debian 12) into a temporary folder, or into
FOLDER to use it again, takes the photos out, checks their SHA-256, crops each to 4:3, scales it to
512 x 384 and writes a JPEG without metadata. The same Pillow gives the same bytes.
Every photo is in the public domain or under a Creative Commons licence; the terms are stated in
the package that carries it, in the file named by `stated` below.
"""
import argparse
import hashlib
import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

OUT = Path(__file__).resolve().parents[2] / "public/samples"
SIZE, THUMB, QUALITIES, LIMIT = (512, 384), (160, 120), (85, 80, 75, 70), 60_000

CC0 = ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
PUBLIC = ("LicenseRef-PublicDomain", "https://creativecommons.org/publicdomain/mark/1.0/")
BY4 = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
BY2 = ("CC-BY-2.0", "https://creativecommons.org/licenses/by/2.0/")

# name -> (kind, version)
PACKAGES = {
    "gcompris-qt-data": ("deb", "3.1-2"),
    "gnome-taquin": ("deb", "3.38.1-2+b1"),
    "lomiri-wallpapers-16.04": ("deb", "20.04.0-2"),
    "palapeli-data": ("deb", "4:22.12.3-1"),
    "puzzle-jigsaw": ("deb", "1.0.2+git20201007.527c529+dfsg-4+b1"),
    "scikit-image": ("wheel", "0.20.0"),
    "scikit-learn": ("wheel", "1.5.2"),
}
ANIMALS = "gcompris/src/activities/{0}/resource/animals/"
WORLD, FARM = ANIMALS.format("explore_world_animals"), ANIMALS.format("explore_farm_animals")
COMMONS = "https://commons.wikimedia.org/wiki/File:"
LOMIRI = "https://gitlab.com/ubports/development/core/lomiri-wallpapers"

# file, title, alt, credit, licence, package, path ("archive.rcc!path" inside a Qt resource file),
# stated, origin, box (left, top, right, bottom of the crop in the source; None: the largest, centred), sha256
SAMPLES = [
    dict(file="panda.jpg", title="Giant panda", alt="A giant panda sits on rocks in front of trees.",
         credit="Jeff Kubina", licence=PUBLIC, package="gcompris-qt-data",
         path="usr/share/gcompris-qt/rcc/explore_world_animals.rcc!" + WORLD + "panda.webp", stated="README beside it",
         origin=COMMONS + "Giant_Panda_2004-03-2.jpg", box=None, sha256="70ccf9a9db5008100eb6955ae25fabd4f7769427be784d627cf6315f6dfce692"),
    dict(file="espresso.jpg", title="Espresso", alt="A cup of espresso with a spoon on a red saucer, on a wooden table.",
         credit="Rachel Michetti, Pikolo Espresso Bar", licence=CC0, package="scikit-image",
         path="skimage/data/coffee.png", stated="skimage/data/_fetchers.py, coffee()",
         origin="https://scikit-image.org/docs/stable/api/skimage.data.html", box=(80, 0, 560, 360), sha256="cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7"),
    dict(file="bee.jpg", title="Honey bee", alt="A honey bee on a purple flower with a yellow centre.",
         credit="John Severns", licence=PUBLIC, package="palapeli-data",
         path="usr/share/palapeli/collection/european-honey-bee.jpg", stated="european-honey-bee.desktop beside it",
         origin=COMMONS + "European_honey_bee_extracts_nectar.jpg", box=None, sha256="9d54ae706bddd899c91b2b801d9ca4556a5a9a399b4043f9d539df62a8cb7f27"),
    dict(file="dog.jpg", title="German shepherd", alt="A German shepherd dog stands in the grass.",
         credit="Hans Kemperman", licence=PUBLIC, package="gcompris-qt-data",
         path="usr/share/gcompris-qt/rcc/explore_farm_animals.rcc!" + FARM + "dog.webp", stated="README beside it",
         origin=COMMONS + "German-shepherd-4040871920._(2).jpg", box=None, sha256="5e9d9544495740101e4cfff817d986b683731112b2cf17fde2e4c2a26c3c5314"),
    dict(file="bridge.jpg", title="Suspension bridge", alt="A lit suspension bridge over a river at night.",
         credit="Derek Jensen", licence=PUBLIC, package="palapeli-data",
         path="usr/share/palapeli/collection/cincinnati-bridge.jpg", stated="cincinnati-bridge.desktop beside it",
         origin=COMMONS + "Cincinnati-roebling-suspension-bridge.jpg", box=(0, 100, 1100, 925), sha256="09772d09318b34a5c5edd58ee86ff462bcd2907006f31cc8e0704310f8e9ab60"),
    dict(file="tiger.jpg", title="Tiger", alt="A tiger stands in the snow and looks at the camera.",
         credit="Pexels", licence=CC0, package="puzzle-jigsaw",
         path="usr/share/puzzle-jigsaw/samples/pexels-photo-302304.jpeg", stated="debian/copyright",
         origin="https://www.pexels.com/photo/angry-animal-big-carnivore-302304/", box=None, sha256="020c7820cd34bdc631d0c3a081b9a30b1a41a0bfc438c4859ccdd60c37bdeaa4"),
    dict(file="cat.jpg", title="Cat", alt="A white cat with grey and ginger patches looks at the camera.",
         credit="Toyah", licence=PUBLIC, package="gnome-taquin",
         path="usr/share/gnome-taquin/themes/cats/1-Tortoiseshell.jpg", stated="COPYING.themes, debian/copyright",
         origin=COMMONS + "Tortoiseshell_she-cat.JPG", box=(0, 150, 2848, 2286), sha256="32bc4a893e6777f565ec7563edff5264770cb198574ae3c5c47bc4e1c9561591"),
    dict(file="citrus.jpg", title="Lemons and oranges", alt="Slices of lemons, limes and oranges, lit from behind.",
         credit="US Department of Agriculture", licence=PUBLIC, package="palapeli-data",
         path="usr/share/palapeli/collection/citrus-fruits.jpg", stated="citrus-fruits.desktop beside it",
         origin=COMMONS + "Citrus_fruits.jpg", box=None, sha256="0cbd7154a14789803167c86705130d0358875198231269df168ea26224e70848"),
    dict(file="macaw.jpg", title="Scarlet macaw", alt="A red parrot with yellow and blue wing feathers sits on a log.",
         credit="Dcoetzee", licence=CC0, package="gcompris-qt-data",
         path="usr/share/gcompris-qt/rcc/explore_world_animals.rcc!" + WORLD + "scarlet_macaw.webp", stated="README beside it",
         origin=COMMONS + "Scarlet_macaw_at_Cougar_Mountain_Zoological_Park.jpg", box=None, sha256="8b088ed71a87e7e929cf08b49a1e1c977c47544307d348e52a0f4a85128662a0"),
    dict(file="mountain.jpg", title="Mountain path", alt="A path up a green slope towards rocky peaks with snow.",
         credit="Aitzol Berasategi", licence=BY4, package="lomiri-wallpapers-16.04",
         path="usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg", stated="debian/copyright",
         origin=LOMIRI, box=None, sha256="414d0072b2f6f2c555deafeaef6e45c4fed6fa9ad26eba6560ca8803959cf97a"),
    dict(file="paintbrushes.jpg", title="Paintbrushes", alt="A bunch of paintbrushes with blue, pink and yellow bristles.",
         credit='Trevor "Freespace"', licence=BY4, package="lomiri-wallpapers-16.04",
         path="usr/share/backgrounds/Picture_1A_by_freespace.jpg", stated="debian/copyright",
         origin=LOMIRI, box=None, sha256="89e86af38d04daaef975665dc2127e9fa76f0fd68f4eea105a2d0ae3390b010b"),
    dict(file="palace.jpg", title="Palace tower", alt="A Chinese tower with four tiled roofs stands among trees above a lake.",
         credit="danielbuechele", licence=BY2, package="scikit-learn",
         path="sklearn/datasets/images/china.jpg", stated="README.txt beside it",
         origin="https://www.flickr.com/photos/danielbuechele/6061409035/", box=None, sha256="8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29"),
]


# ---- packages ------------------------------------------------------------------------------------

def fetch(name, folder):
    """Downloads and unpacks a package once; returns the folder of its files."""
    kind, version = PACKAGES[name]
    root = folder / name
    if root.exists():
        return root
    down = folder / (name + ".download")
    down.mkdir(parents=True, exist_ok=True)
    if kind == "wheel":
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:",
                        "--python-version", "3.11", "--platform", "manylinux2014_x86_64", "-d", str(down),
                        f"{name}=={version}"], check=True)
        with zipfile.ZipFile(next(down.glob("*.whl"))) as archive:
            archive.extractall(root)
    else:
        subprocess.run(["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", f"{name}={version}"], cwd=down, check=True)
        subprocess.run(["dpkg-deb", "-x", str(next(down.glob("*.deb"))), str(root)], check=True)
    return root


def qt_resource(data, wanted):
    """One file out of a Qt resource archive (.rcc): a tree of 22- or 14-byte nodes."""
    magic, version, tree, bodies, names = struct.unpack(">4s4I", data[:20])
    assert magic == b"qres"
    size = 22 if version >= 2 else 14
    node = 0
    for part in wanted.split("/"):
        count, first = struct.unpack(">2I", data[tree + node * size + 6:tree + node * size + 14])
        for node in range(first, first + count):
            at = names + struct.unpack(">I", data[tree + node * size:tree + node * size + 4])[0]
            length = struct.unpack(">H", data[at:at + 2])[0]
            if data[at + 6:at + 6 + 2 * length].decode("utf-16-be") == part:
                break
        else:
            raise KeyError(wanted)
    flags, = struct.unpack(">H", data[tree + node * size + 4:tree + node * size + 6])
    body = bodies + struct.unpack(">I", data[tree + node * size + 10:tree + node * size + 14])[0]
    length, = struct.unpack(">I", data[body:body + 4])
    body = data[body + 4:body + 4 + length]
    assert not flags & 4, "zstd is not read here"
    return zlib.decompress(body[4:]) if flags & 1 else body


def original(sample, folder):
    root = fetch(sample["package"], folder)
    archive, _, inner = sample["path"].partition("!")
    data = (root / archive).read_bytes()
    return qt_resource(data, inner) if inner else data


# ---- pictures ------------------------------------------------------------------------------------

def picture(data, box):
    img = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    profile = img.info.get("icc_profile")
    if profile:
        img = ImageCms.profileToProfile(img, ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                                        ImageCms.createProfile("sRGB"), outputMode="RGB")
    img = img.convert("RGB")
    if box is None:
        w, h = img.size
        cw, ch = min(w, h * SIZE[0] // SIZE[1]), min(h, w * SIZE[1] // SIZE[0])
        box = ((w - cw) // 2, (h - ch) // 2, (w - cw) // 2 + cw, (h - ch) // 2 + ch)
    assert abs((box[2] - box[0]) / (box[3] - box[1]) - SIZE[0] / SIZE[1]) < 0.01, box
    img = Image.frombytes("RGB", SIZE, img.resize(SIZE, Image.Resampling.LANCZOS, box).tobytes())  # no metadata
    for quality in QUALITIES:  # the first that is small enough
        out = io.BytesIO()
        img.save(out, "JPEG", quality=quality, optimize=True, subsampling=2)
        if len(out.getvalue()) <= LIMIT:
            return out.getvalue(), quality
    raise ValueError("too large at every quality")


def thumbnail(jpeg):
    """What the list of samples shows: small, so that the first visit stays small."""
    img = Image.open(io.BytesIO(jpeg)).resize(THUMB, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    img.save(out, "JPEG", quality=72, optimize=True, subsampling=2)
    return out.getvalue()


def version(name):
    return PACKAGES[name][1]


def entry(s):
    return {"file": s["file"], "thumb": "thumbs/" + s["file"], "title": s["title"], "alt": s["alt"], "credit": s["credit"],
            "licence": s["licence"][0], "licenceUrl": s["licence"][1], "origin": s["origin"],
            "source": f"{s['package']} {version(s['package'])}, {s['path']}"}


def credits():
    lines = ["# Sample photos", "",
             "The photos in this folder are not under the project's own licence. Each was cropped, scaled to "
             "512 x 384 and saved again as JPEG by `tools/samples/make_samples.py`; those under Creative Commons "
             "Attribution are adapted works and stay under that licence.", ""]
    for s in SAMPLES:
        spdx, url = s["licence"]
        terms = "public domain" if s["licence"] is PUBLIC else f"{spdx}, {url}"
        by = f"`{s['file']}`: {s['title']}, by {s['credit']}; {terms}"
        lines.append(f"- {by}. From {s['origin']} by way of {s['package']} {version(s['package'])}; terms stated in {s['stated']}.")
    return "\n".join(lines) + "\n"


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--keep", type=Path, help="download into this folder and leave it")
    keep = args.parse_args().keep
    with tempfile.TemporaryDirectory() as tmp:
        folder = (keep or Path(tmp)).resolve()
        (OUT / "thumbs").mkdir(parents=True, exist_ok=True)
        for s in SAMPLES:
            data = original(s, folder)
            found = hashlib.sha256(data).hexdigest()
            if s["sha256"] != found:
                sys.exit(f"{s['file']}: the source's SHA-256 is {found}, expected {s['sha256']}")
            jpeg, quality = picture(data, s["box"])
            (OUT / s["file"]).write_bytes(jpeg)
            (OUT / "thumbs" / s["file"]).write_bytes(thumbnail(jpeg))
            print(f"{s['file']}  {len(jpeg)} bytes, quality {quality}")
    (OUT / "samples.json").write_text(json.dumps([entry(s) for s in SAMPLES], indent=2, ensure_ascii=False) + "\n")
    (OUT / "CREDITS.md").write_text(credits())


if __name__ == "__main__":
    main()
