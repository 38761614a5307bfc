# METADATA
# title: Label selectors
# description: Whether a selector of matchLabels and matchExpressions selects a set of labels.
package holdfast.lib.selector

import rego.v1

# A selector without requirements selects everything.
selects(selector, labels) if {
	every key, value in required_labels(selector) {
		labels[key] == value
	}
	every expression in required_expressions(selector) {
		satisfied(expression.operator, expression, object.get(labels, expression.key, null))
	}
}

# The labels that a selector looks at.
keys(selector) := {key | some key, _ in required_labels(selector)} | {expression.key | some expression in required_expressions(selector)}

required_labels(selector) := selector.matchLabels if is_object(selector.matchLabels)

else := {}

required_expressions(selector) := selector.matchExpressions if is_array(selector.matchExpressions)

else := []

satisfied("In", expression, value) if value in expression.values

satisfied("NotIn", expression, value) if not value in expression.values

satisfied("Exists", _, value) if value != null

satisfied("DoesNotExist", _, value) if value == null
