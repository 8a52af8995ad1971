using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>What a client's token of the Live API stands for.</summary>
/// <param name="Upstream">The upstream's own token, which no client sees.</param>
/// <param name="KeyId">The key that made it: the upstream counts its sessions against that key's project.</param>
/// <param name="ClientId">Who asked for it.</param>
/// <param name="Model">The model it is bound to, as quotas know it; null when it is bound to none.</param>
internal sealed record LiveToken(Secret Upstream, KeyId KeyId, string ClientId, string? Model);
