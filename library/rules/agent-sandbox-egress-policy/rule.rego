# METADATA
# title: Sandboxes with open ways out
# description: Sandbox templates whose network policy is not managed, is missing, or lets connections out to everywhere.
# scope: package
# custom:
#   kinds: [extensions.agents.x-k8s.io/SandboxTemplate]
package armo_builtins

import data.holdfast.lib.selector
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "SandboxTemplate"
	[path, message, reason] := fault(settings(obj))
	finding := {
		"alertMessage": sprintf("%s %s", [workload.label(obj), message]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [path],
		"noFix": reason,
	}
}

settings(obj) := obj.spec if is_object(obj.spec)

else := {}

# The first thing that is wrong: [where, what, what to do]. Undefined where nothing is.
fault(spec) := ["spec.networkPolicyManagement", "leaves its network policy to others", "Set it to Managed together with the policy that its sandboxes need: what they have to reach can't be seen here."] if {
	not object.get(spec, "networkPolicyManagement", null) in {"Managed", null}
}

else := ["spec.networkPolicy", "has no network policy", "What its sandboxes have to reach can't be seen here. Begin with {}, which lets nothing in or out, and add what they turn out to need."] if {
	not is_object(object.get(spec, "networkPolicy", null))
}

else := ["spec.networkPolicy.egress", "lets its sandboxes connect to everywhere", "What its sandboxes have to reach can't be seen here: name it, by the labels of pods and namespaces or by ranges of addresses."] if {
	not confined(object.get(spec.networkPolicy, "egress", null))
}

# Ways out that all lead somewhere in particular. Without any, nothing gets out.
confined(null)

confined(rules) if {
	is_array(rules)
	every rule in rules {
		is_array(rule.to)
		count(rule.to) > 0
		every peer in rule.to {
			particular(peer)
		}
	}
}

particular(peer) if selective(peer.podSelector)

particular(peer) if selective(peer.namespaceSelector)

# A range without a prefix, or with one of no bits, is every address, whatever it excepts.
particular(peer) if {
	parts := split(peer.ipBlock.cidr, "/")
	to_number(parts[1]) > 0
}

# A selector without requirements selects everything.
selective(label_selector) if count(selector.keys(label_selector)) > 0
