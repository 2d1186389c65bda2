"""Programmes as pages show them: tree of outcomes, cash over time, sensitivity, calendar."""
