# ruff: noqa: E501 - prose stays on its line
"""Paper Boat Books, and friends far away."""

from goodword.ops.demo.art.faces import Face
from goodword.ops.demo.town.alts import pic
from goodword.ops.demo.town.shapes import Person, Text, When

WORK = (
    Person(
        "songlan",
        Text("宋岚", "Song Lan"),
        Text(
            "纸船童书主编。给孩子的书，大人也要看得下去。",
            "Editor-in-chief, Paper Boat Books. If grown-ups can't read it, children shouldn't have to.",
        ),
        1970,
        Face(
            kin="song",
            age="middle",
            hair="pixie",
            glasses="square",
            mood="soft",
            top="blazer",
            cloth="#4a4452",
            hat="none",
        ),
        face_seed=230,
    ),
    Person(
        "jiangchi",
        Text("江池", "Jiang Chi"),
        Text("设计师。骑车上班，晴雨不论。", "Designer. Cycles to work, whatever the sky says."),
        1990,
        picture=pic("bicycle/noon", 1007, "square"),
    ),
    Person(
        "duruo",
        Text("杜若", "Du Ruo"),
        Text(
            "画画的。正在画一只永远画不完的熊。",
            "Illustrator. Drawing a bear that will not be finished.",
        ),
        1990,
        Face(
            kin="du",
            hair="wavy",
            mood="smile",
            top="overall",
            cloth="#7fa6b5",
            hat="beret",
            glasses="none",
        ),
        face_seed=240,
    ),
    Person(
        "fengmian",
        Text("冯棉", "Feng Mian"),
        Text(
            "纸船市场部 / 柴犬豆包的饲养员。",
            "Marketing at Paper Boat. Works for a shiba called Bean Bun.",
        ),
        1990,
        picture=pic("dog/shiba", 1008, "square"),
    ),
    Person(
        "bailu",
        Text("白露", "Bai Lu"),
        Text("实习生，什么都想试试。", "Intern. Wants to try everything."),
        2000,
        Face(
            kin="bai",
            hair="bob",
            mood="grin",
            top="tee",
            cloth="#e8d9b8",
            hat="none",
            glasses="none",
        ),
        face_seed=252,
    ),
    Person(
        "haoren",
        Text("郝仁（好人）", "Hao Ren, Accounts"),
        Text(
            "财务。发票请贴整齐。名字是爷爷取的。", "Accounts. Please glue your invoices straight."
        ),
        1970,
        Face(
            kin="hao",
            age="middle",
            style="m",
            hair="receding",
            mood="smile",
            top="shirt",
            cloth="#e8d9b8",
            hat="none",
            beard="none",
            glasses="square",
        ),
        face_seed=263,
    ),
    Person(
        "qinlang",
        Text("秦朗", "Qin Lang"),
        Text("印厂的老秦。纸又涨价了。", "From the printing works. Paper went up again."),
        1970,
        Face(
            kin="qinl",
            age="middle",
            style="m",
            hair="crop",
            mood="grin",
            top="knit",
            hat="none",
            beard="moustache",
            glasses="none",
        ),
        face_seed=270,
    ),
)

AWAY = (
    Person(
        "marta",
        Text("玛尔塔 Marta", "Marta Bianchi"),
        Text(
            "米兰的皮匠，第三代。在学中文，请说慢一点。",
            "Leatherworker in Milan, third generation. Learning Chinese; please speak slowly.",
        ),
        1980,
        Face(
            kin="bianchi",
            hair="curly",
            colour="#6a4030",
            mood="grin",
            top="apron",
            cloth="#8a5a83",
            hat="none",
            glasses="none",
        ),
        face_seed=433,
        region="IT",
        joined=When(days=260),
    ),
    Person(
        "tom.devries",
        Text("汤姆 Tom", "Tom de Vries"),
        Text(
            "阿姆斯特丹的学生。中文很好（自己说的）。",
            "Student in Amsterdam. Excellent Chinese (his words).",
        ),
        2000,
        Face(
            kin="devries",
            style="m",
            hair="mop",
            colour="#b98a4a",
            skin="#f8dcc8",
            mood="laugh",
            top="knit",
            hat="none",
            beard="none",
            glasses="none",
        ),
        face_seed=444,
        region="NL",
        joined=When(days=240),
    ),
    Person(
        "lena",
        Text("莱娜 Lena", "Lena Novak"),
        Text(
            "译者，布拉格。翻译过十一本中国童书。",
            "Translator in Prague. Eleven Chinese picture books so far.",
        ),
        1980,
        Face(
            kin="novak",
            hair="long",
            colour="#8a5a3c",
            skin="#f8dcc8",
            mood="soft",
            glasses="round",
            top="scarf",
            hat="none",
        ),
        face_seed=455,
        region="CZ",
        joined=When(days=230),
    ),
)

PEOPLE = WORK + AWAY
