using GeminiBalance.Gateway.Hosting;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>Accepts the one token of the tests.</summary>
internal sealed class TestTokens : IClientTokens
{
    public const string ClientId = "client-of-the-test";

    public bool IsClient(ReadOnlySpan<char> token) => token.SequenceEqual(GatewayUnderTest.Token);

    public bool IsAdmin(ReadOnlySpan<char> token) => false;

    public string? FindClientId(ReadOnlySpan<char> token) => IsClient(token) ? ClientId : null;
}
