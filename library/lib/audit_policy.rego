# METADATA
# title: Audit policies
# description: What the API server's audit policy records of the requests that matter, and how much of them. The first rule that matches a request decides.
package holdfast.lib.audit_policy

import rego.v1

# What is asked of a policy: that it records what is done to these, and of the contents only of those that are no secrets.
targets := array.concat(
	[{"group": group, "resource": resource, "verbs": {"get", "list", "create", "update", "patch", "delete"}, "secret": true} |
		some [group, resource] in [["", "secrets"], ["", "configmaps"], ["authentication.k8s.io", "tokenreviews"]]
	],
	[{"group": group, "resource": resource, "verbs": verbs, "secret": false} |
		some [group, resource, verbs] in [
			["", "pods", {"create", "update", "patch", "delete"}],
			["apps", "deployments", {"create", "update", "patch", "delete"}],
			["", "pods/exec", {"create"}],
			["", "pods/portforward", {"create"}],
			["", "pods/proxy", {"create"}],
			["", "services/proxy", {"create"}],
		]
	],
)

# Why a policy falls short of a target, as a sentence part; undefined where it doesn't.
shortcoming(policy, target) := sprintf("%v are not recorded", [target.resource]) if not recorded(policy, target)

else := sprintf("the contents of %v are written to the log", [target.resource]) if {
	target.secret
	some rule in reached(policy, target)
	with_contents(rule)
}

# What catches a resource only as one of all in its group was not written with its contents in mind.
else := sprintf("the contents of %v are written to the log by a rule that does not name them", [target.resource]) if {
	some rule in reached(policy, target)
	with_contents(rule)
	not names(rule, target)
}

recorded(policy, target) if {
	decisive := deciding(policy, target)
	policy.rules[decisive].level in {"Metadata", "Request", "RequestResponse"}
}

with_contents(rule) if rule.level in {"Request", "RequestResponse"}

# The place of the first rule that matches every request for the target.
deciding(policy, target) := min([i | some i, rule in policy.rules; matches(rule, target); not conditional(rule, target)])

# The rules that some request for the target is recorded by.
reached(policy, target) := [rule |
	last := deciding(policy, target)
	some i, rule in policy.rules
	i <= last
	matches(rule, target)
]

matches(rule, _) if {
	count(object.get(rule, "resources", [])) == 0
	count(object.get(rule, "nonResourceURLs", [])) == 0
}

matches(rule, target) if count(entries(rule, target)) > 0

entries(rule, target) := [entry |
	some entry in rule.resources
	object.get(entry, "group", "") == target.group
	covers(object.get(entry, "resources", []), target.resource)
]

covers([], _) := true

covers(patterns, resource) if {
	some pattern in patterns
	pattern in array.concat(["*", resource], wildcards(resource))
}

# pods/* and */exec match pods/exec.
wildcards(resource) := [sprintf("%s/*", [owner]), sprintf("*/%s", [part])] if [owner, part] := split(resource, "/")

else := []

names(rule, target) if {
	some entry in entries(rule, target)
	count(object.get(entry, "resources", [])) > 0
}

# Whether a rule is for some of the requests only: those of some users, in some namespaces, for some names or with some verbs.
conditional(rule, _) if {
	some field in ["users", "userGroups", "namespaces"]
	count(rule[field]) > 0
}

conditional(rule, target) if {
	count(rule.verbs) > 0
	not "*" in rule.verbs
	count(target.verbs - {verb | some verb in rule.verbs}) > 0
}

conditional(rule, target) if {
	found := entries(rule, target)
	count(found) > 0
	every entry in found { count(object.get(entry, "resourceNames", [])) > 0 }
}
