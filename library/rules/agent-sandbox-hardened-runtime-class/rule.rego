# METADATA
# title: Sandboxes on the node's own kernel
# description: Sandbox templates whose pods run without one of the hardened runtime classes.
# scope: package
# custom:
#   kinds: [extensions.agents.x-k8s.io/SandboxTemplate]
#   parameters: [hardenedSandboxRuntimeClasses]
package armo_builtins

import data.holdfast.lib.sandbox_template
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := sandbox_template.pod_spec(obj)
	not hardened(spec)
	finding := {
		"alertMessage": sprintf("%s runs its sandboxes in no hardened runtime", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": ["spec.podTemplate.spec.runtimeClassName"],
		"noFix": "Which hardened runtimes the nodes have can't be seen here: install one, such as gVisor or Kata Containers, and name its RuntimeClass.",
	}
}

hardened(spec) if spec.runtimeClassName in data.postureControlInputs.hardenedSandboxRuntimeClasses
