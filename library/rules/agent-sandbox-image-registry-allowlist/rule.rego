# METADATA
# title: Sandboxes from unknown registries
# description: Containers of sandbox templates whose image comes from none of the allowed registries and repositories.
# scope: package
# custom:
#   kinds: [extensions.agents.x-k8s.io/SandboxTemplate]
#   parameters: [imageRepositoryAllowList]
package armo_builtins

import data.holdfast.lib.image_name
import data.holdfast.lib.sandbox_template
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	allowed := data.postureControlInputs.imageRepositoryAllowList
	count(allowed) > 0
	some [obj, _, path, container] in sandbox_template.containers
	is_string(container.image)
	container.image != ""
	not image_name.from_any(container.image, allowed)
	finding := {
		"alertMessage": sprintf("%s takes an image from elsewhere than the allowed registries", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [sprintf("%s.image", [path])],
		"noFix": "Copy the image to an allowed registry once it has been looked at, and name that; or add its repository to the parameter imageRepositoryAllowList.",
	}
}
