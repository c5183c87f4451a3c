"""QR codes, drawn by workers."""

from io import BytesIO

import segno

BORDER = 4
"""Modules of white that the standard asks for around the code."""


def qr_svg(text: str) -> bytes:
    """The smallest QR code that holds `text`, black on white, as an SVG of one unit for each module, as wide as what it
    stands in.
    """
    drawn = BytesIO()
    segno.make_qr(text).save(
        drawn, kind="svg", border=BORDER, dark="#000", light="#fff", omitsize=True, xmldecl=False, svgns=True, nl=False
    )
    return drawn.getvalue()
