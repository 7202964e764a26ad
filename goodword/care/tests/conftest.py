from goodword.orders.tests.conftest import cup, lin, stranger, wang

__all__ = ["cup", "lin", "stranger", "wang"]
