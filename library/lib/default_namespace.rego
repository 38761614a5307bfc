# METADATA
# title: The default namespace
# description: Objects that lie in the namespace default, or go wherever the client happens to point because they name none.
package holdfast.lib.default_namespace

import data.holdfast.lib.workload
import rego.v1

# One finding for each object, but for those that the cluster itself keeps in the default namespace under one of the names.
findings(kept_by_cluster) := {finding |
	some obj in input
	finding := finding_about(obj, kept_by_cluster)
}

# What is wrong with the place of one object; undefined where it has a namespace of its own.
finding_about(obj, kept_by_cluster) := {
	"alertMessage": sprintf("%s lies in the default namespace", [workload.label(obj)]),
	"alertObject": {"k8sApiObjects": [obj]},
	"reviewPaths": ["metadata.namespace"],
	"noFix": "An object can't be moved: make it in a namespace of its application, have everything follow that refers to it by name, and delete it here.",
} if {
	obj.metadata.namespace == "default"
	not object.get(obj.metadata, "name", "") in kept_by_cluster
}

finding_about(obj, _) := {
	"alertMessage": sprintf("%s names no namespace", [workload.label(obj)]),
	"alertObject": {"k8sApiObjects": [obj]},
	"fixPaths": [{
		"path": "metadata.namespace",
		"choose": "the namespace of the application that it belongs to; leave it out where a chart or kustomization fills it in",
		"value": "YOUR_NAMESPACE",
	}],
} if {
	object.get(obj, ["metadata", "namespace"], null) in {null, ""}
}
