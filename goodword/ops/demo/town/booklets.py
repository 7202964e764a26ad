# ruff: noqa: E501 - prose stays on its line
"""What is read in the PDF that the town's baker sells: a heading, then its paragraphs."""

from goodword.ops.demo.town.shapes import Text

LOAF_NOTES = Text(
    """## 养面种
全麦粉五十克，温水五十克，搅匀，盖一块布，放在灶台边。每天倒掉一半，再喂同样多的粉和水。第五天开始冒泡，闻起来像苹果，就成了。
出门一周以内放冰箱，回来喂两次再用。
## 原味酸面包
高筋粉四百克，全麦粉一百克，水三百五十克，面种一百克，盐十克。除了盐都拌在一起，歇四十分钟，再揉盐。
室温折叠四次，每次隔半小时。进冰箱睡十八个小时。铸铁锅烧到二百四十度，盖着烤二十五分钟，揭盖再烤二十分钟。
## 核桃蔓越莓
第二次折叠时加八十克烤过的核桃、六十克蔓越莓。果干先用热水泡十分钟，不然会抢面团的水。
## 橄榄迷迭香
黑橄榄七十克切半，擦干。迷迭香一枝，只要叶子。盐减到八克，橄榄已经咸了。
## 烤坏了怎么办
没长高：面种饿了，多喂一天。底下焦：锅垫一张烤盘。里面湿：晾凉再切，急不得。
实在不行，切片烘干，拌糖和黄油，回炉十分钟。这是我家最抢手的一样。""",
    """## Keeping a starter
Fifty grams of wholemeal flour, fifty grams of warm water; stir, cover it with a cloth, leave it near the stove. Each day pour half away and feed it the same again. On the fifth day it bubbles and smells of apples: there it is.
Up to a week away it lives in the fridge. Feed it twice before you use it.
## The plain loaf
400 g of strong flour, 100 g of wholemeal, 350 g of water, 100 g of starter, 10 g of salt. Mix all but the salt, wait forty minutes, then work the salt in.
Fold it four times, half an hour apart, and let it sleep in the fridge for eighteen hours. An iron pot at 240 °C: twenty-five minutes with the lid on, twenty without.
## Walnut and cranberry
With the second fold add 80 g of toasted walnuts and 60 g of cranberries. Soak the fruit in hot water for ten minutes first, or it drinks from the dough.
## Olive and rosemary
70 g of black olives, halved and dried; one sprig of rosemary, the leaves only. Take 8 g of salt: the olives bring their own.
## When it fails
It stayed low: the starter was hungry, feed it one day more. Burnt below: put a tray under the pot. Wet inside: let it cool before you cut it; there is no hurry.
If all is lost, slice it, dry it, toss it in sugar and butter, and bake it ten minutes more. In our house nothing goes faster.""",
)
