# METADATA
# title: What is judged
# description: Workloads with an image of the Kubernetes project, from its old registry or from its new one.
# scope: package
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	some list in workload.container_lists
	some container in workload.pod_spec(obj)[list]
	regex.match(`^(k8s\.gcr\.io|registry\.k8s\.io)/`, container.image)
}
