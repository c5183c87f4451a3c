"""Labels that try to become something else than text."""

ODD = (
    "</script><img src=x onerror=alert(1)>",
    "${alert(1)} {0} {label} %s %(x)s",
    "'); import os; os.system('true') #",
    '"""; raise SystemExit #',
    "back\\slash \\n \\x41 \\",
    "\u202egnp.exe \u200f\u2066x\u2069 \u200b",
    "\U0001f600 naïve Ω 学",
    "' + \" + ''' + \"\"\"",
    "<b>&amp;</b>",
    "$$\\input{x}$$ [x](javascript:alert(1))",
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\u00a0=1", "＝1+1", '=HYPERLINK("http://x","y")')
