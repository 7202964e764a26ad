"""Does this text read like Chinese? Every byte string decodes as *something* in GB18030.

Two measures tell a right guess from mojibake. *Ordinary*: the share of characters that the national
standards put in their first plane of everyday characters (GB 2312 level 1, Big5 level 1). Big5 read
as GB18030 drops to about one half. *Common*: the share of ideographs among the few hundred most
frequent ones; Korean or Japanese bytes read as GB18030 hit level 1 by design, but these by chance
only (about one in seven, against one in two in real text).
"""

from collections import Counter

# The 500 most frequent characters of modern Chinese (public frequency lists agree on all but the
# last few), and those that shops add.
SIMPLIFIED = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身"
    "车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石"
    "记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青"
    "省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型"
    "眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
    "宝贝邮费款码购买卖店铺递退换货默认描述尺寸颜直男女装茶杯衣裤鞋袋礼盒正版现售拍下仓库"
)
TRADITIONAL = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過"
    "子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體"
    "制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內"
    "數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提"
    "直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計"
    "別她手角期根論運農指幾九區強放決西被做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口"
    "東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車"
    "例真務具萬每目至達走積示議聲報完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需"
    "段研界拉林律叫且究觀越織裝影算低持音眾書布複容兒須際商非驗連斷深難近千周委素技備半辦青省列習"
    "響約支般史感勞便團往歷市克何除消構府稱太準精值號率族維劃選標寫存候毛親快效斯院查江型眼王按格"
    "養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴"
    "寶貝郵費款碼購買賣店鋪遞退換貨默認描述尺寸顏男女裝茶杯衣褲鞋袋禮盒運送付款免"
)
COMMON = frozenset(SIMPLIFIED + TRADITIONAL)

_ENOUGH = 12  # ideographs below which frequencies say nothing


def reads_like_chinese(text: str, *, codec: str) -> float:
    """How much `text`, decoded by `codec` ("gb18030" or "big5hkscs"), reads like Chinese: 0 to 1.

    1 when there is nothing to judge by. Below `PLAUSIBLE`, treat it as mojibake.
    """
    counts = Counter(text)
    weighed = [(_ordinary(char, codec), char, n) for char, n in counts.items() if char > "\x7f"]
    total = sum(n for weight, _char, n in weighed if weight is not None)
    if not total:
        return 1.0
    ordinary = sum(weight * n for weight, _char, n in weighed if weight is not None) / total
    ideographs = sum(n for _weight, char, n in weighed if "一" <= char <= "\u9fff")
    common = sum(n for _weight, char, n in weighed if char in COMMON)
    if ideographs < _ENOUGH:
        return ordinary
    return ordinary * min(1.0, common / ideographs / 0.3)


PLAUSIBLE = 0.8


def _ordinary(char: str, codec: str) -> float | None:
    """1 everyday, down to 0 never seen in a shop; None when `char` tells nothing."""
    if char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f":
        return 0.0
    try:
        encoded = char.encode("gb2312" if codec == "gb18030" else "big5")
    except UnicodeEncodeError:
        return 0.0 if "一" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" else None
    if len(encoded) < 2:
        return None
    lead = encoded[0]
    if codec == "gb18030":
        return 0.9 if lead < 0xB0 else 1.0 if lead < 0xD8 else 0.5
    return 0.9 if lead < 0xA4 else 1.0 if lead < 0xC7 else 0.5
