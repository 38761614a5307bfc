# METADATA
# title: What is judged
# description: The ConfigMaps that hold the configuration of kube-proxy.
# scope: package
package armo_builtins

import rego.v1

import data.holdfast.lib.kube_proxy

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	kube_proxy.config(obj)
}
