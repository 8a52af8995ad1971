using System.Text;
using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class NamedResourcesTests
{
    [Theory]
    [InlineData("""{"contents":[{"parts":[{"text":"hi"}]}]}""", "")]
    [InlineData("""{"contents":[{"parts":[{"text":"files/abc"}]}]}""", "")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/a"}},{"file_data":{"file_uri":"files/b"}}]}]}""", "files/a files/b")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https:\/\/generativelanguage.googleapis.com\/v1beta\/files\/a"}}]}]}""", "files/a")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"files/a"}},{"fileData":{"fileUri":"files/a"}}]}]}""", "files/a")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https://youtu.be/files"}}]}]}""", "")]
    [InlineData("""{"cachedContent":"cachedContents/c"}""", "cachedContents/c")]
    [InlineData("""{"extra_body":{"google":{"cached_content":"cachedContents/c"}}}""", "cachedContents/c")]
    [InlineData("""{"tools":[{"fileSearch":{"fileSearchStoreNames":["fileSearchStores/s","fileSearchStores/t"]}}]}""", "fileSearchStores/s fileSearchStores/t")]
    [InlineData("""{"batch":{"inputConfig":{"fileName":"files/a"}}}""", "files/a")]
    [InlineData("""{"instances":[{"video":{"uri":"https://generativelanguage.googleapis.com/v1beta/files/v:download?alt=media"}}]}""", "files/v")]
    [InlineData("""{"fileUri":"files/a","broken""", "files/a")]
    [InlineData("files", "")]
    public void Find_ReadsReferencesAndNothingElse(string body, string names) =>
        Assert.Equal(names, string.Join(' ', NamedResources.Find(Encoding.UTF8.GetBytes(body)).Select(name => name.Root)));
}
