# METADATA
# title: Kube-proxy
# description: How kube-proxy is configured, from the ConfigMap that its pods mount.
package holdfast.lib.kube_proxy

import rego.v1

# The configuration in a ConfigMap: kubeadm's kube-proxy, EKS's kube-proxy-config. Undefined for ConfigMaps that hold none.
config(obj) := documents[0] if {
	obj.kind == "ConfigMap"
	obj.metadata.namespace == "kube-system"
	obj.metadata.name in {"kube-proxy", "kube-proxy-config"}
	documents := [document |
		some text in obj.data
		document := yaml.unmarshal(text)
		document.kind == "KubeProxyConfiguration"
	]
}
