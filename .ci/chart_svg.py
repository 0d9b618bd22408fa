"""chart_svg.py PAGE CHART FILE: the drawn chart of that id in a page, as an svg that stands alone."""

import re
import sys
from xml.etree import ElementTree

page, chart, file = sys.argv[1:]
with open(page, encoding="utf-8") as text:
    html = text.read()
if 'data-ready="true"' not in html:
    sys.exit(f"{page}: is not drawn, expected data-ready on its body")
figure = re.search(rf'<figure[^>]*\bid="{re.escape(chart)}".*?</figure>', html, re.S)
drawn = figure and re.search(r"<svg\b.*?</svg>", figure.group(), re.S)
if not drawn:
    ids = re.findall(r'<figure[^>]*\bid="([^"]+)"', html)
    sys.exit(f"{page}: has no drawn chart '{chart}', expected one of {', '.join(ids)}")
svg = drawn.group()
head, body = re.match(r"(<svg\b[^>]*>)(.*)", svg, re.S).groups()
width, height = (float(re.search(rf'\b{side}="([\d.]+)"', head).group(1)) for side in ("width", "height"))
labels = re.findall(r'<p class="axis( across)?"[^>]*>(.*?)</p>', figure.group(), re.S)
texts = [
    f'<text x="{width / 2 if across else 8:g}" y="{height + 34 if across else 16:g}" '
    f'text-anchor="{"middle" if across else "start"}" font-family="Helvetica, Arial, sans-serif" font-size="12.5" '
    f'fill="#52606d">{re.sub("<[^>]*>", "", text)}</text>'
    for across, text in labels
]
standalone = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height + 44:g}" width="{width:g}" '
    f'height="{height + 44:g}"><rect width="100%" height="100%" fill="#fff"/>{"".join(texts)}'
    f'<g transform="translate(0 22)">{body.replace("</svg>", "")}</g></svg>\n'
)
ElementTree.fromstring(standalone)
with open(file, "w", encoding="utf-8") as out:
    out.write(standalone)
