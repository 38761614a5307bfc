{{- define "booking-api.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "booking-api.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end -}}

{{- define "booking-api.image" -}}
{{- printf "%s/%s:%s" .Values.image.registry .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{/* What every helper container beside the API runs with. */}}
{{- define "booking-api.helperSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65534
allowPrivilegeEscalation: true
capabilities:
  drop:
    - NET_RAW
{{- end -}}
