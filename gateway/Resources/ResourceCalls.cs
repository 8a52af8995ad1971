using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Describes calls about resources.</summary>
internal static class ResourceCalls
{
    /// <param name="settings">In force for this request.</param>
    /// <param name="method">The verb.</param>
    /// <param name="name">What it is about.</param>
    /// <param name="query">The client's query, credentials included; they are dropped.</param>
    /// <param name="clientId">Whose call it is.</param>
    /// <param name="key">The key that owns it; null when any will do.</param>
    public static UpstreamCall Of(GatewaySettings settings, HttpMethod method, ResourceName name, string? query, string clientId, KeyId? key)
    {
        var collection = ResourceCollection.Of(name.Collection);
        return new UpstreamCall
        {
            Settings = settings,
            Method = method,
            Address = UpstreamAddress.Of(settings.BaseUrl, name.Method is null ? name.Path : $"{name.Path}:{name.Method}", query),
            Model = collection.Quota,
            ClientId = clientId,
            Face = CallFace.Gemini,
            Pinned = key,
            IsAboutResource = key is not null,
            MayNeedUser = collection.IsForUsers,
        };
    }
}
