import Foundation

/// Ten to a real power.
func tenToThe(_ exponent: Double) -> Double { pow(10, exponent) }
