"""Arabic with Western digits: 12,947.5, so that one page does not write numbers in two ways."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
