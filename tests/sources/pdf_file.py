"""A small writer of PDF files for the tests: text at places, lines, images, bookmarks, a password.

Courier, because each of its letters is 0.6 of its size wide: what fits into a column is known.
"""

import hashlib
import textwrap
import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 612, 792
# ISO 32000-1, 7.6.3.3, algorithm 2: what a password is filled up with.
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID = bytes(range(16))


class Page:
    """One page; every method returns it, so that calls can be chained."""

    def __init__(self) -> None:
        self.operations: list[str] = []
        self.image = False

    def text(
        self, x: float, y: float, text: str, size: float = 10, bold: bool = False, rise: float = 0
    ) -> "Page":
        font = "F2" if bold else "F1"
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.operations.append(
            f"BT /{font} {size} Tf {rise} Ts 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"
        )
        return self

    def turned(self, x: float, y: float, text: str, size: float = 10) -> "Page":
        """Text that runs upwards, as in a table that is printed across."""
        self.operations.append(f"BT /F1 {size} Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET")
        return self

    def lines(
        self, x: float, y: float, lines: Sequence[str], size: float = 10, pitch: float = 12
    ) -> "Page":
        for number, line in enumerate(lines):
            self.text(x, y - number * pitch, line, size)
        return self

    def paragraph(
        self, x: float, y: float, text: str, width: float, size: float = 10, pitch: float = 12
    ) -> "Page":
        columns = int(width / (0.6 * size))
        return self.lines(x, y, textwrap.wrap(text, columns, break_on_hyphens=False), size, pitch)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Page":
        self.operations.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> "Page":
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def picture(self) -> "Page":
        self.image = True
        self.operations.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im Do Q")
        return self

    @property
    def content(self) -> bytes:
        return "\n".join(self.operations).encode("cp1252")


def pdf(
    pages: Sequence[Page],
    title: str = "",
    bookmarks: Sequence[tuple[str, int]] = (),
    loop: bool = False,
    password: str | None = None,
    owner: str = "owner",
) -> bytes:
    """The bytes of a file. `loop` lets the last bookmark be followed by the first again; a
    `password`, even an empty one, encrypts the file (RC4, 40 bits)."""
    key = _key(password, owner) if password is not None else None
    objects: dict[int, tuple[str, bytes | None]] = {}
    first = 10
    kids = [first + 2 * number for number in range(len(pages))]
    outline = first + 2 * len(pages)
    catalog = "<< /Type /Catalog /Pages 2 0 R"
    catalog += f" /Outlines {outline} 0 R >>" if bookmarks else " >>"
    objects[1] = (catalog, None)
    refs = " ".join(f"{kid} 0 R" for kid in kids)
    objects[2] = (f"<< /Type /Pages /Kids [{refs}] /Count {len(kids)} >>", None)
    for number, name in ((3, "Courier"), (4, "Courier-Bold")):
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        objects[number] = (font, None)
    image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    objects[5] = (f"{image} /BitsPerComponent 8 /Length 1 >>", b"\x80")
    objects[6] = (f"<< /Title <{_sealed(key, 6, title.encode('cp1252')).hex()}> >>", None)
    for kid, page in zip(kids, pages, strict=True):
        resources = "/Font << /F1 3 0 R /F2 4 0 R >>"
        resources += " /XObject << /Im 5 0 R >>" if page.image else ""
        objects[kid] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources << {resources} >> /Contents {kid + 1} 0 R >>",
            None,
        )
        packed = zlib.compress(page.content)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>"
        objects[kid + 1] = (head, packed)
    if bookmarks:
        marks = [outline + 1 + number for number in range(len(bookmarks))]
        objects[outline] = (f"<< /First {marks[0]} 0 R /Last {marks[-1]} 0 R >>", None)
        for place, (name, page_number) in enumerate(bookmarks):
            follows = marks[(place + 1) % len(marks)] if loop or place + 1 < len(marks) else None
            after = f"/Next {follows} 0 R" if follows else ""
            objects[marks[place]] = (
                f"<< /Title <{_sealed(key, marks[place], name.encode('cp1252')).hex()}> "
                f"/Parent {outline} 0 R {after} /Dest [{kids[page_number]} 0 R /Fit] >>",
                None,
            )
    trailer = f"/Root 1 0 R /Info 6 0 R /ID [<{_ID.hex()}> <{_ID.hex()}>]"
    if password is not None and key is not None:
        objects[7] = (
            f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{_owner(password, owner).hex()}> "
            f"/U <{_rc4(key, _PADDING).hex()}> >>",
            None,
        )
        trailer += " /Encrypt 7 0 R"
    return _written(objects, trailer, key)


def _written(
    objects: dict[int, tuple[str, bytes | None]], trailer: str, key: bytes | None
) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, (head, stream) in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n{head}\n".encode("cp1252")
        if stream is not None:
            out += b"stream\n" + _sealed(key, number, stream) + b"\nendstream\n"
        out += b"endobj\n"
    start, size = len(out), max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        place = places.get(number)
        out += f"{place:010} 00000 n \n".encode() if place else b"0000000000 00000 f \n"
    out += f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PADDING)[:32]


def _owner(password: str, owner: str) -> bytes:
    return _rc4(hashlib.md5(_padded(owner)).digest()[:5], _padded(password))


def _key(password: str, owner: str) -> bytes:
    permissions = (-4).to_bytes(4, "little", signed=True)
    seed = _padded(password) + _owner(password, owner) + permissions + _ID
    return hashlib.md5(seed).digest()[:5]


def _sealed(key: bytes | None, number: int, content: bytes) -> bytes:
    if key is None:
        return content
    salted = key + number.to_bytes(3, "little") + b"\x00\x00"
    return _rc4(hashlib.md5(salted).digest()[:10], content)


def _rc4(key: bytes, content: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
