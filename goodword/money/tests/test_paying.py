"""Settings of gateways: wrong ones are named before the house opens; secrets stay secret."""

import pytest

from goodword.kit.config import BadSetting
from goodword.money import paying

STRIPE = {
    "GOODWORD_STRIPE_KEY": "sk_live_0123456789",
    "GOODWORD_STRIPE_WEBHOOK_SECRET": "whsec_0123456789",
}


def test_without_settings_there_is_the_sandbox(tmp_path):
    assert paying.read(tmp_path, {}) == paying.Paying(offered=("sandbox",))


def test_what_is_named_is_offered_in_that_order(tmp_path):
    read = paying.read(tmp_path, {"GOODWORD_PAY_WITH": "stripe, sandbox", **STRIPE})
    assert read.offered == ("stripe", "sandbox")
    assert read.stripe.key == "sk_live_0123456789"


def test_what_is_set_up_and_not_offered_can_still_be_reached(tmp_path):
    read = paying.read(tmp_path, STRIPE)
    assert (read.offered, read.stripe is not None) == (("sandbox",), True)


@pytest.mark.parametrize(
    ("env", "variable"),
    [
        ({"GOODWORD_PAY_WITH": "paypal"}, "GOODWORD_PAY_WITH"),
        ({"GOODWORD_PAY_WITH": "bank,bank"}, "GOODWORD_PAY_WITH"),
        ({"GOODWORD_PAY_WITH": "stripe"}, "GOODWORD_STRIPE_KEY"),
        ({"GOODWORD_PAY_WITH": "wechatpay"}, "GOODWORD_WECHATPAY_MERCHANT"),
        ({"GOODWORD_PAY_WITH": "alipay"}, "GOODWORD_ALIPAY_APP"),
        ({"GOODWORD_STRIPE_KEY": "pk_live_0123456789"}, "GOODWORD_STRIPE_KEY"),
        ({"GOODWORD_STRIPE_KEY": "sk_live_0123456789"}, "GOODWORD_STRIPE_WEBHOOK_SECRET"),
        ({"GOODWORD_WECHATPAY_MERCHANT": "1900000109"}, "GOODWORD_WECHATPAY_APP"),
        ({"GOODWORD_ALIPAY_APP": "12"}, "GOODWORD_ALIPAY_APP"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, env, variable):
    with pytest.raises(BadSetting, match=variable) as refused:
        paying.read(tmp_path, env)
    assert "sk_live" not in str(refused.value).replace("sk_live_…", "")


def test_a_secret_may_stand_in_a_file_for_its_owners_eyes_only(tmp_path):
    (tmp_path / "secrets").mkdir()
    for name, value in STRIPE.items():
        file = tmp_path / "secrets" / name.removeprefix("GOODWORD_").lower().replace("_", "-")
        file.write_text(value + "\n")
        file.chmod(0o600)
    assert paying.read(tmp_path, {}).stripe.webhook_secret == "whsec_0123456789"
    file.chmod(0o640)
    with pytest.raises(BadSetting, match=r"GOODWORD_STRIPE_WEBHOOK_SECRET .*chmod 600"):
        paying.read(tmp_path, {})
