using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The admin API's JSON. A member that nobody knows is a mistake to be told of, not one to be passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AddedKeys))]
[JsonSerializable(typeof(AddKeysRequest))]
[JsonSerializable(typeof(AdminErrorAnswer))]
[JsonSerializable(typeof(Dictionary<string, CallSumView>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(DisableRequest))]
[JsonSerializable(typeof(ErrorIds))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(IReadOnlyList<AttentionKeyView>))]
[JsonSerializable(typeof(IReadOnlyList<CallView>))]
[JsonSerializable(typeof(IReadOnlyList<KeySumView>))]
[JsonSerializable(typeof(IReadOnlyList<ModelSumView>))]
[JsonSerializable(typeof(IReadOnlyList<OutcomeSumView>))]
[JsonSerializable(typeof(IReadOnlyList<ProxyView>))]
[JsonSerializable(typeof(IReadOnlyList<TrendPoint>))]
[JsonSerializable(typeof(KeyChangeAnswer))]
[JsonSerializable(typeof(KeyListAnswer))]
[JsonSerializable(typeof(KeyPage))]
[JsonSerializable(typeof(KeyProfileInput))]
[JsonSerializable(typeof(KeyVerificationAnswer))]
[JsonSerializable(typeof(LogAnswer<ErrorView>))]
[JsonSerializable(typeof(LogAnswer<RequestView>))]
[JsonSerializable(typeof(LogStatusAnswer))]
[JsonSerializable(typeof(ReloadAnswer))]
[JsonSerializable(typeof(SettingsAnswer))]
internal sealed partial class AdminJson : JsonSerializerContext;
