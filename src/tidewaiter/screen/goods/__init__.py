"""What are the goods? Descriptions to concepts, parameters and raised list paragraphs. Knows no licence rule."""

from tidewaiter.screen.goods.concepts import RAISED
from tidewaiter.screen.goods.engine import GoodsEngine, GoodsResult, Raised

__all__ = ["RAISED", "GoodsEngine", "GoodsResult", "Raised"]
