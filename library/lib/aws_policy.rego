# METADATA
# title: AWS policies
# description: What a policy document of AWS IAM allows. Its lists may be single items, its actions may have wildcards and any case.
package holdfast.lib.aws_policy

import rego.v1

# The patterns of the actions that a document allows.
allowed(document) := actions(document, "Allow")

# Whether the patterns of allowed actions cover an action, and no document forbids it.
permits(documents, action) if {
	some document in documents
	covers(allowed(document), action)
	every other in documents {
		not covers(actions(other, "Deny"), action)
	}
}

covers(patterns, action) if {
	some pattern in patterns
	glob.match(lower(pattern), null, lower(action))
}

actions(document, effect) := {pattern |
	some statement in as_list(document.Statement)
	statement.Effect == effect
	some pattern in as_list(statement.Action)
}

as_list(value) := value if is_array(value)

else := [value]
