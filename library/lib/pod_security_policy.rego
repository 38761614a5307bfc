# METADATA
# title: PodSecurityPolicies
# description: What a cluster's policies admit. A pod needs only one policy that lets it pass, but which pods may use which policy is decided by RBAC, so that a fault is one only where no policy refuses.
package holdfast.lib.pod_security_policy

import data.holdfast.lib.workload
import rego.v1

# The policies among what was scanned.
policies := [obj | some obj in input; obj.kind == "PodSecurityPolicy"]

# Where every policy switches a field of its spec on: each of them, with the field to remove, since what is left out is off.
findings_switched_on(field) := {finding |
	every policy in policies {
		policy.spec[field] == true
	}
	some policy in policies
	finding := {
		"alertMessage": sprintf("%s admits pods with %s, and no other policy refuses them", [workload.label(policy), field]),
		"alertObject": {"k8sApiObjects": [policy]},
		"deletePaths": [sprintf("spec.%s", [field])],
	}
}
