"""What is measured: from answers and judgments to values. A file of this folder is a family."""

from benchmark.scorers._answers import CUT as CUT
from benchmark.scorers._answers import DEPTH as DEPTH
from benchmark.scorers._answers import Answers as Answers
from benchmark.scorers._answers import Embeddings as Embeddings
from benchmark.scorers._answers import Judgments as Judgments
from benchmark.scorers._answers import answered as answered
from benchmark.scorers._answers import lists as lists
from benchmark.scorers._measure import RUN as RUN
from benchmark.scorers._measure import Measure as Measure
from benchmark.scorers._measure import Scores as Scores
from benchmark.scorers._measure import Values as Values
from benchmark.scorers._measure import compute as compute
