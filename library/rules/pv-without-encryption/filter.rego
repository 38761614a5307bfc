# METADATA
# title: What is judged
# description: Volumes; a storage class only says what holds for them.
# scope: package
package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	obj.kind == "PersistentVolume"
}
