using System.Text.Json.Serialization;

namespace GeminiBalance.Gateway.Cluster.Admin;

/// <summary>The JSON of the cluster's own admin routes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClusterAnswer))]
internal sealed partial class ClusterJson : JsonSerializerContext;
