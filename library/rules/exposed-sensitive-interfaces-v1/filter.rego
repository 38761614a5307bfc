# METADATA
# title: Workloads with a management interface
# description: Counts those as judged whose name is that of a management interface.
# scope: package
package armo_builtins

import data.holdfast.lib.sensitive_interface
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	sensitive_interface.runs(obj)
}
