# METADATA
# title: Deployments that stop for an update
# description: Deployments that end all their pods before they start the new ones.
# scope: package
# custom:
#   kinds: [apps/Deployment]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "Deployment"
	obj.spec.strategy.type == "Recreate"
	finding := {
		"alertMessage": sprintf("%s ends all its pods before it starts the new ones", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": ["spec.strategy.type"],
		"fixPaths": [{"path": "spec.strategy.type", "value": "RollingUpdate"}],
	}
}
