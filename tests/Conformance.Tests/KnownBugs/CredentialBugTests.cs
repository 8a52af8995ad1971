using System.Net;
using System.Net.Http.Headers;
using GeminiBalance.Conformance.Tests.Hosts;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>Credentials of the client's that travel on, or beside the key that is leased.</summary>
public sealed class CredentialBugTests : KnownBugTest
{
    private const string Chat = """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]}""";

    public static TheoryData<string, string> Faces => new()
    {
        { "/v1beta/models/gemini-2.5-flash:generateContent", Hello }, { "/v1/chat/completions", Chat }, { "/openai/v1/chat/completions", Chat },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Bug45_BearerAndGoogleKeyTogether_BecomeOneCredential(string path, string body)
    {
        using var response = await PostAsync(path, body, headers =>
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", ComposedGateway.ClientToken);
            headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var sent = Assert.Single(Upstream.Requests);
        Assert.Single(sent.Headers, header => header.Key is "authorization" or "x-goog-api-key");
        Assert.Contains(sent.Key, Upstream.Options.Keys);
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Bug46_PlaceholderKeyOfTheClient_IsNeverForwarded(string path, string body)
    {
        using var response = await PostAsync($"{path}?key={ComposedGateway.ClientToken}", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var sent = Assert.Single(Upstream.Requests);
        Assert.Contains(sent.Key, Upstream.Options.Keys);
        Assert.DoesNotContain(ComposedGateway.ClientToken, sent.Target + string.Join('\n', sent.Headers) + sent.BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Bug47_OtherCredentialsOfTheClient_StayHere(string path, string body)
    {
        string[] names = ["api-key", "x-api-key", "Cookie", "Proxy-Authorization", "x-goog-iam-authorization-token", "anthropic-api-key"];
        using var response = await PostAsync(path, body, headers =>
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", ComposedGateway.ClientToken);
            foreach (var name in names)
            {
                headers.TryAddWithoutValidation(name, "a-secret-of-the-client");
            }
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(Assert.Single(Upstream.Requests).Headers.Values, value => value.Contains("a-secret-of-the-client", StringComparison.Ordinal));
    }
}
