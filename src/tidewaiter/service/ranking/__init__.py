"""Rank items by what a user's own inspections found: learn an explainable model from past outcomes, and score new items."""

from tidewaiter.service.ranking.score import Ranked, load_ranking, rank_table
from tidewaiter.service.ranking.table import ItemTable, read_item_table
from tidewaiter.service.ranking.train import Choices, train_ranking

__all__ = ["Choices", "ItemTable", "Ranked", "load_ranking", "rank_table", "read_item_table", "train_ranking"]
