using System.Text;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Tests.Upstream;

public sealed class RequestResourcesTests
{
    [Theory]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"mimeType":"image/png","fileUri":"https://x/v1beta/files/abc"}}]}]}""", true)]
    [InlineData("""{"contents":[{"parts":[{"file_data":{"file_uri":"https://x/v1beta/files/abc"}}]}]}""", true)]
    [InlineData("""{"cachedContent":"cachedContents/abc"}""", true)]
    [InlineData("""{"extra_body":{"google":{"cached_content":"cachedContents/abc"}}}""", true)]
    [InlineData("""{"cached\u0043ontent":"cachedContents/abc"}""", true)]
    [InlineData("""{"cachedContent":null,"contents":[{"parts":[{"fileData":{}}]}]}""", false)]
    [InlineData("""{"contents":[{"parts":[{"text":"fileUri cachedContent \"fileUri\": \"x\""}]}]}""", false)]
    [InlineData("""{"cachedContent":"cachedContents/abc","contents":[""", true)]
    [InlineData("""{"contents":[""", false)]
    [InlineData("""{"\ud800achedContent":"cachedContents/abc"}""", false)]
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    public void AreNamedIn_Body_KnowsFilesAndCaches(string body, bool expected) => Assert.Equal(expected, RequestResources.AreNamedIn(Encoding.UTF8.GetBytes(body)));
}
