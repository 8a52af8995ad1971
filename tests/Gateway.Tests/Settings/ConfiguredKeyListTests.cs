using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class ConfiguredKeyListTests
{
    private static readonly ApiKey[] Keys = [.. Samples.NewKeys(4)];

    [Fact]
    public void PaidKey_Alone_IsReserved_AmongTheOthers_ServesAll()
    {
        var alone = new GatewaySettings { ApiKeys = [Keys[0]], Keys = new KeySettings { Paid = Keys[1] } };
        var common = alone with { ApiKeys = [Keys[0], Keys[1]] };

        Assert.Equal(
            [new RosterKey(Keys[0], new KeyProfile()), new RosterKey(Keys[1], new KeyProfile { Tags = KeyTags.Paid, IsReserved = true })],
            alone.ConfiguredKeys());
        Assert.Equal(new RosterKey(Keys[1], new KeyProfile { Tags = KeyTags.Paid }), common.ConfiguredKeys()[1]);
    }

    [Fact]
    public void VertexKeys_AreOfTheirKind_AndNoKeyIsThereTwice()
    {
        var settings = new GatewaySettings { ApiKeys = [Keys[0]], Keys = new KeySettings { Vertex = [Keys[2], Keys[0]] } };

        Assert.Equal([KeyKind.Gemini, KeyKind.Vertex], settings.ConfiguredKeys().Select(key => key.Profile.Kind));
    }

    [Fact]
    public void Mark_KeepsWhatPeopleDecided()
    {
        var known = new KeyProfile { Weight = 2, Note = "n", Tags = KeyTags.Of("fast"), Project = "p" };

        Assert.Null(ConfiguredKeyList.Mark(known, new KeyProfile()));
        Assert.Equal(
            known with { Tags = KeyTags.Of("fast", "paid") },
            ConfiguredKeyList.Mark(known, new KeyProfile { Tags = KeyTags.Paid, IsReserved = true })!.Apply(known));
    }
}
