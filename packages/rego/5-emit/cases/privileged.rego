package sample

import rego.v1

workloads := {"Deployment", "Job"}

deny contains finding if {
	some obj in input
	spec := pod_spec(obj)
	some i, container in spec.containers
	container.securityContext.privileged == true
	not exempt(container.image)
	finding := {
		"message": sprintf("container %v of %v is privileged", [container.name, obj.metadata.name]),
		"path": sprintf("spec.containers[%d]", [i]),
		"allowed": [image | some image in data.allowed; startswith(image, input.registry)],
	}
}

pod_spec(obj) := obj.spec if obj.kind == "Pod"

pod_spec(obj) := obj.spec.template.spec if obj.kind in workloads

exempt(image) if image in data.allowed

services contains [pod.metadata.name, service.metadata.name] if {
	some pod in input
	some service in input
	service.spec.app == pod.metadata.labels.app
}

default strict := false

strict if every name in data.allowed { contains(name, "@sha256:") }
