"""Estimates with their uncertainty: intervals, rates and survey figures.

What every chapter of the Guidelines needs before it can say a number aloud: how sure are we of it? Plain
numbers, arrays or frames go in; frozen results with a lower and an upper limit come out.
"""
