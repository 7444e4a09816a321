"""Radical signs that stand for Han characters.

In many fonts a radical and the character that looks like it share one glyph, and a program that writes down what its
glyphs mean may take the radical: the PDF then reads ``⼈⺠`` where 人民 was written. Nobody writes them in a report.
"""

from __future__ import annotations

import unicodedata

# Unicode gives each Kangxi radical its character, but of the further radicals only two; these are the ones that look
# like a character in use.
_FURTHER = (
    "⺁厂⺇几⺋㔾⺎兀⺐尢⺒巳⺓幺⺛旡⺝月⺟母⺠民⺩王⺪疋⺬示⺮竹⺯糸⺲罒⺻聿⺼月⺽臼⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻉贝⻊足⻋车"
    "⻌辶⻐钅⻑長⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟"
)
_KANGXI = range(0x2F00, 0x2FD6)

HAN_OF_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI} | {
    ord(radical): han for radical, han in zip(_FURTHER[::2], _FURTHER[1::2], strict=True)
}
"""The Han character for the code of each radical sign, for ``str.translate``; one character for one."""
