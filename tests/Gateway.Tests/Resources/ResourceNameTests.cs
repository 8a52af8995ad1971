using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("files", "files", null, "files", null)]
    [InlineData("files/abc", "files", "files/abc", "files/abc", null)]
    [InlineData("files/abc:download", "files", "files/abc", "files/abc", "download")]
    [InlineData("files%2Fabc", "files", "files/abc", "files/abc", null)]
    [InlineData("batches/b:cancel", "batches", "batches/b", "batches/b", "cancel")]
    [InlineData("fileSearchStores/s/documents/d", "fileSearchStores", "fileSearchStores/s", "fileSearchStores/s/documents/d", null)]
    [InlineData("fileSearchStores/s/upload/operations/o", "fileSearchStores", "fileSearchStores/s", "fileSearchStores/s/upload/operations/o", null)]
    [InlineData("models/veo-3/operations/o", "operations", "models/veo-3/operations/o", "models/veo-3/operations/o", null)]
    [InlineData("tunedModels/t/operations/o", "tunedModels", "tunedModels/t", "tunedModels/t/operations/o", null)]
    public void TryParse_NameOfALedgersCollection_TellsWhatIsOwned(string path, string collection, string? root, string whole, string? method)
    {
        Assert.True(ResourceName.TryParse(path, out var name));

        Assert.Equal(new ResourceName(collection, root, whole, method), name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("models/gemini-x")]
    [InlineData("models/gemini-x/operations")]
    [InlineData("unheard/abc")]
    [InlineData("files/../models")]
    [InlineData("files/%2e%2e/x")]
    [InlineData("files/a?b")]
    [InlineData("files/a b")]
    [InlineData("files//a")]
    [InlineData("files/a:b:c d")]
    public void TryParse_AnythingElse_IsRefused(string path) => Assert.False(ResourceName.TryParse(path, out _));

    [Theory]
    [InlineData("files/abc", "files/abc")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/files/abc", "files/abc")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/files/abc:download?alt=media", "files/abc")]
    [InlineData("http://gateway:8000/gemini/v1beta/files/abc", "files/abc")]
    [InlineData("https://www.youtube.com/watch?v=files/abc", null)]
    [InlineData("https://example.com/files/abc", null)]
    [InlineData("gs://bucket/files/abc", null)]
    [InlineData("files", null)]
    [InlineData(null, null)]
    public void OfReference_OnlyTheUpstreamsOwn(string? text, string? root) => Assert.Equal(root, ResourceName.OfReference(text)?.Root);
}
