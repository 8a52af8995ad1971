using System.ClientModel;
using GeminiBalance.Conformance.Tests.Hosts;
using OpenAI.Embeddings;
using OpenAI.Models;

namespace GeminiBalance.Conformance.Tests.Sdk;

/// <summary>OpenAI's .NET SDK, unchanged: embeddings, which it asks for as base64, and models.</summary>
public sealed class ListAndEmbeddingTests : ConformanceTest
{
    private const string Model = "gemini-embedding-001";

    [Fact]
    public async Task Embeddings_OfSeveralTexts_ComeInOrder()
    {
        var client = Gateway.NewSdk().GetEmbeddingClient(Model);

        OpenAIEmbeddingCollection several = await client.GenerateEmbeddingsAsync(["one", "two", "three"]);
        OpenAIEmbedding two = await client.GenerateEmbeddingAsync("two");

        Assert.Equal([0, 1, 2], several.Select(embedding => embedding.Index));
        Assert.Equal(3072, two.ToFloats().Length);
        Assert.Equal(two.ToFloats().ToArray(), several[1].ToFloats().ToArray());
        Assert.NotEqual(several[0].ToFloats().ToArray(), several[2].ToFloats().ToArray());
        Assert.True(several.Usage.InputTokenCount > 0);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(768)]
    public async Task Embeddings_WithDimensions_HaveThem(int dimensions)
    {
        OpenAIEmbedding embedding = await Gateway.NewSdk().GetEmbeddingClient(Model).GenerateEmbeddingAsync("text", new EmbeddingGenerationOptions { Dimensions = dimensions });

        Assert.Equal(dimensions, embedding.ToFloats().Length);
        Assert.Equal(1, Math.Sqrt(embedding.ToFloats().ToArray().Sum(value => (double)value * value)), 3);
    }

    [Fact]
    public async Task Models_List_NamesTheUpstreamsModels()
    {
        OpenAIModelCollection models = await Gateway.NewSdk().GetOpenAIModelClient().GetModelsAsync();

        Assert.Contains(models, model => model.Id == "gemini-2.5-flash");
        Assert.Contains(models, model => model.Id == Model);
        Assert.DoesNotContain(models, model => model.Id.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Models_One_IsFoundOrNot()
    {
        var client = Gateway.NewSdk().GetOpenAIModelClient();

        OpenAIModel model = await client.GetModelAsync("gemini-2.5-flash");
        var missing = await Assert.ThrowsAsync<ClientResultException>(() => client.GetModelAsync("gpt-of-nobody"));

        Assert.Equal("gemini-2.5-flash", model.Id);
        Assert.Equal(404, missing.Status);
    }
}
