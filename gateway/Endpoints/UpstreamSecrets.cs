namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Recognizes what an upstream's error may quote and a client must not see.</summary>
internal static class UpstreamSecrets
{
    // Google quotes the key of a suspended consumer as "api_key:…"; standard keys begin with "AIza", authorization keys with "AQ.".
    public static bool AreIn(ReadOnlySpan<byte> body) =>
        body.IndexOf("api_key:"u8) >= 0 || body.IndexOf("AIza"u8) >= 0 || body.IndexOf("AQ."u8) >= 0 || body.IndexOf("key="u8) >= 0;
}
